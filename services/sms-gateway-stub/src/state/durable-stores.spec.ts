import { describeOnPglite } from '@poligon/testing';
import { durableStoresContract } from '../../test/durable-stores-contract.js';

describeOnPglite('stores of the gateway', durableStoresContract);
