import { describeOnPglite } from '@poligon/testing';
import { kitStoresContract } from '../../test/kit-stores-contract.js';

describeOnPglite('kit stores', kitStoresContract);
