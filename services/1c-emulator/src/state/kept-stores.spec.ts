import { describeOnPglite } from '@poligon/testing';
import { keptStoresContract } from '../../test/kept-stores-contract.js';

describeOnPglite('stores of 1C', keptStoresContract);
