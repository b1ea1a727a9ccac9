import { describeOnEmbeddedEngines } from '@poligon/testing';
import { documentStoreContract } from '../../test/document-store-contract.js';

describeOnEmbeddedEngines('a document store', documentStoreContract);
