import { describeOnServer } from '@poligon/testing';
import { replicaContract } from './contracts/replica-contract.js';
import { stateContract } from './contracts/state-contract.js';

describeOnServer('stores of ESIA', stateContract);
describeOnServer('replicas of ESIA', replicaContract);
