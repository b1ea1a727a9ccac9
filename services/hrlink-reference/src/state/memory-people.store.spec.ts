import { MemoryClientUserStore, MemoryEmployeeStore } from './memory-people.store.js';
import { clientUserStoreContract, employeeStoreContract } from './people-store-contract.js';

const limits = (people: number) => ({ people, objects: 10, sessions: 10, timelines: 10 });

describe('MemoryClientUserStore', () => {
  clientUserStoreContract((people) => new MemoryClientUserStore(limits(people)));
});

describe('MemoryEmployeeStore', () => {
  employeeStoreContract((people) => new MemoryEmployeeStore(limits(people)));
});
