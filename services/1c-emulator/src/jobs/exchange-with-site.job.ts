import { packed } from '../flow/exchange/message-archive.js';
import { importDocument, offersDocument, type CommerceItem } from '../protocol/commerceml/commerce-document.js';
import { SITE_TEXTS, SiteConnection } from '../protocol/commerceml/site-connection.js';
import { PortalFailure } from '../protocol/hrlink/portal-failure.js';
import type { SiteJob, SiteWork } from './job.js';

const MAX_ARCHIVE_BYTES = 67_108_864;

/** Puts the positions of the organisations on the web site as goods, and asks it for orders (1c.md 2.6). */
export const exchangeWithSite: SiteJob = {
  name: 'exchange-with-site',
  title: 'Обмен с сайтом',
  about: 'sends a catalogue in CommerceML to a web site and asks it for orders',
  exchange: async (work) => {
    if (work.parts.config.siteUrl === undefined) throw new PortalFailure(SITE_TEXTS.noSite);
    await sendCatalogue(work);
    await askForOrders(work);
  },
};

async function sendCatalogue({ parts, session, people, staff }: SiteWork): Promise<void> {
  const site = new SiteConnection(parts, session, 'catalog');
  await site.login();
  const { isZip, fileLimit } = await site.init();
  const [first] = [...staff.organisations()];
  const owner: CommerceItem = { id: first?.guid ?? '', name: first?.name ?? '' };
  const goods = Array.from({ length: people.positions }, (_, nth) => people.position(nth)).map(
    ({ guid, name }): CommerceItem => ({ id: guid, name }),
  );
  const createdAt = new Date(parts.time.nowMs() + parts.config.utcOffsetMinutes * 60_000).toISOString().slice(0, 19);
  const documents = { 'import.xml': importDocument, 'offers.xml': offersDocument };
  for (const [name, write] of Object.entries(documents)) {
    const text = write(owner, goods, createdAt);
    const bytes = isZip ? await packed(once(text), MAX_ARCHIVE_BYTES) : Buffer.from(text, 'utf8');
    await site.upload(isZip ? name.replace('.xml', '.zip') : name, bytes, fileLimit);
    await site.import(name);
  }
  await site.lines('complete');
  session.run.items.sent += goods.length;
  session.run.items.succeeded += goods.length;
}

async function askForOrders({ parts, session }: SiteWork): Promise<void> {
  const site = new SiteConnection(parts, session, 'sale');
  await site.login();
  await site.init();
  const document = (await site.lines('query')).join('\n');
  session.run.received.documents += document.split('<Документ>').length - 1;
  await site.lines('success');
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
