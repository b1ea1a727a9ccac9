import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { FAULT_KIND, type Fault } from './fault.js';
import { problemLine, type FaultRule } from './fault-rule.js';

/** A rule that cannot be set; the message is one line for the engineer. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
}

/** All kinds of fault of this emulator, found among its providers. */
@Injectable()
export class FaultRegistry {
  private found: ReadonlyMap<string, Fault> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Looked up at first use: only then are all providers of all modules instantiated. */
  private get kinds(): ReadonlyMap<string, Fault> {
    this.found ??= new Map(
      this.discovery
        .getProviders()
        .filter(({ metatype }) => typeof metatype === 'function' && Reflect.getMetadata(FAULT_KIND, metatype) === true)
        .map(({ instance }) => [(instance as Fault).name, instance as Fault]),
    );
    return this.found;
  }

  /** Sorted by name, with the JSON Schema of the options. */
  types(): readonly { name: string; about: string; options: unknown }[] {
    return [...this.kinds.values()]
      .sort((left, right) => left.name.localeCompare(right.name))
      .map(({ name, about, options }) => ({ name, about, options: z.toJSONSchema(options, { io: 'input' }) }));
  }

  /** The kind named by a rule. @throws FaultRuleError naming the known kinds */
  named(name: string): Fault {
    const kind = this.kinds.get(name);
    if (kind !== undefined) return kind;
    throw new FaultRuleError(`fault: unknown "${name}", known are ${[...this.kinds.keys()].sort().join(', ')}`);
  }

  /** Checks rules that belong together. @throws FaultRuleError, naming the rule when there are several */
  checkedAll(rules: readonly FaultRule[]): readonly FaultRule[] {
    const ids = new Set<string>();
    return rules.map((rule, at) => {
      try {
        if (ids.has(rule.id)) throw new FaultRuleError('id: used twice');
        ids.add(rule.id);
        return this.checked(rule);
      } catch (failure) {
        if (rules.length === 1 || !(failure instanceof FaultRuleError)) throw failure;
        throw new FaultRuleError(`rules.${at} (${rule.id}): ${failure.message}`);
      }
    });
  }

  /** Checks a rule's options against its fault and fills defaults. @throws FaultRuleError */
  checked(rule: FaultRule): FaultRule {
    const fault = this.named(rule.fault);
    const options = fault.options.safeParse(rule.options);
    if (!options.success) throw new FaultRuleError(optionsLine(options.error));
    const problem = fault.problem?.(options.data);
    if (problem !== undefined) throw new FaultRuleError(`options.${problem}`);
    return { ...rule, options: options.data as Record<string, unknown> };
  }
}

/** A problem of the options as a whole has no field of its own. */
function optionsLine(error: z.ZodError): string {
  const line = problemLine(error);
  return error.issues[0]?.path.length === 0 ? `options: ${line}` : `options.${line}`;
}
