/** Binary heap of whole milliseconds, the smallest on top. */
export class TickHeap {
  private readonly items: number[] = [];

  peek(): number | undefined {
    return this.items[0];
  }

  push(tick: number): void {
    const { items } = this;
    let at = items.length;
    items.push(tick);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]! <= tick) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = tick;
  }

  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || items.length === 0) return top;
    this.sink(last!);
    return top;
  }

  clear(): void {
    this.items.length = 0;
  }

  private sink(tick: number): void {
    const { items } = this;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]! < items[child]!) child += 1;
      if (items[child]! >= tick) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = tick;
  }
}
