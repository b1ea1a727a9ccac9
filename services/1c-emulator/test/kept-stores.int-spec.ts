import { describeOnServer } from '@poligon/testing';
import { keptStoresContract } from './kept-stores-contract.js';

describeOnServer('stores of 1C', keptStoresContract);
