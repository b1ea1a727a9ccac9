import { describeOnServer } from '@poligon/testing';
import { documentStoreContract } from './document-store-contract.js';

describeOnServer('a document store', documentStoreContract);
