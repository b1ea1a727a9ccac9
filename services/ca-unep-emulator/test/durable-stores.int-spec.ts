import { describeOnServer } from '@poligon/testing';
import { durableStoresContract } from './durable-stores-contract.js';

describeOnServer('durable stores', durableStoresContract);
