import { describeOnPglite } from '@poligon/testing';
import { durableStoresContract } from './durable-stores-contract.js';

describeOnPglite('durable stores', durableStoresContract);
