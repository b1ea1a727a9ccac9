import { describeOnServer } from '@poligon/testing';
import { durableStoresContract } from './durable-stores-contract.js';

describeOnServer('stores of the gateway', durableStoresContract);
