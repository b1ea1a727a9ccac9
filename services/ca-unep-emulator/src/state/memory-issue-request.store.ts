import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { IssueRequest } from '../domain/issue-request.js';
import { BoundedMap } from './bounded-map.js';
import { IssueRequestStore, type ApplicantKey } from './issue-request.store.js';

/** Reference implementation; beyond the bound the oldest requests give way. */
@Injectable()
export class MemoryIssueRequestStore extends IssueRequestStore {
  private readonly requests: BoundedMap<IssueRequest>;

  constructor(@Inject(CONFIG) config: Pick<CaConfig, 'maxRequests'>) {
    super();
    this.requests = new BoundedMap(config.maxRequests);
  }

  async add(request: IssueRequest): Promise<boolean> {
    return this.requests.add(request.id, request);
  }

  async find(id: string): Promise<IssueRequest | undefined> {
    return this.requests.get(id);
  }

  async update(id: string, change: (request: IssueRequest) => IssueRequest): Promise<IssueRequest | undefined> {
    return this.requests.change(id, change);
  }

  async recent(limit: number, key?: ApplicantKey): Promise<readonly IssueRequest[]> {
    return this.requests.newest(limit, (request) => key === undefined || isOf(request, key));
  }

  async inState(state: IssueRequest['state'], limit: number): Promise<readonly IssueRequest[]> {
    return this.requests.newest(limit, (request) => request.state === state);
  }

  async clear(): Promise<void> {
    this.requests.clear();
  }
}

function isOf({ applicant }: IssueRequest, key: ApplicantKey): boolean {
  return 'phone' in key ? applicant.phone === key.phone : applicant.snils === key.snils;
}
