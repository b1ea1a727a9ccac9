/** One change of state of an object. */
export interface Transition {
  readonly state: string;
  readonly atMs: number;
  readonly note?: string;
}

/** What happened to each object, for engineers. */
export abstract class TimelineStore {
  /** Appends a transition. */
  abstract record(objectId: string, transition: Transition): void;
  /** Transitions in order, empty for an unknown object. */
  abstract of(objectId: string): readonly Transition[];
}
