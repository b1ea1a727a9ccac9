import { describeOnEmbeddedEngines, describeOnPglite } from '@poligon/testing';
import { replicaContract } from '../../test/contracts/replica-contract.js';
import { stateContract } from '../../test/contracts/state-contract.js';

describeOnEmbeddedEngines('stores of ESIA', stateContract);
describeOnPglite('replicas of ESIA', replicaContract);
