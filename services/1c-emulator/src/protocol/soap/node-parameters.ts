import { readXml, xmlMembers, xmlTextOf, XmlRefused, type XmlValue } from '../xml/xml-tree.js';

const PLAN_NAMES = ['ExchangePlanName', 'CorrespondentExchangePlanName'];
const CODE_NAMES = ['NodeCode', 'CorrespondentNodeCode', 'SourceInfobaseID', 'PredefinedNodeCode'];

/**
 * Which node parameters of a connection are about: members of the structure, of a structure within it, or of the XML text that the setup
 * assistant puts in beside them. Both are empty when nothing tells.
 */
export function nodeParameters(members: ReadonlyMap<string, string>): { readonly plan: string; readonly code: string } {
  const setup = members.get('XMLParametersString') ?? '';
  const told = setup === '' ? new Map<string, string>() : textsOf(setup);
  const first = (names: readonly string[]): string => {
    for (const name of names) {
      const found = members.get(name) || told.get(name);
      if (found) return found;
    }
    return '';
  };
  return { plan: first(PLAN_NAMES), code: first(CODE_NAMES) };
}

/** Texts of the elements anywhere in a small document, by name; nothing of what is no XML. */
function textsOf(xml: string): Map<string, string> {
  const texts = new Map<string, string>();
  try {
    collect(readXml(xml.replace(/^\ufeff/, '').trim()), texts);
  } catch (failure) {
    if (!(failure instanceof XmlRefused)) throw failure;
  }
  return texts;
}

function collect(parent: XmlValue, texts: Map<string, string>): void {
  if (typeof parent !== 'object' || parent === null) return;
  for (const name of Object.keys(parent)) {
    if (name.startsWith('@') || name === '#text') continue;
    for (const member of xmlMembers(parent, name)) {
      const text = xmlTextOf(member).trim();
      if (text !== '' && !texts.has(name)) texts.set(name, text);
      collect(member, texts);
    }
  }
}
