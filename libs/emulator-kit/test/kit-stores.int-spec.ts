import { describeOnServer } from '@poligon/testing';
import { kitStoresContract } from './kit-stores-contract.js';

describeOnServer('kit stores', kitStoresContract);
