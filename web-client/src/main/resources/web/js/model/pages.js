/** Items of a list that the server gives at once. */
const PAGE_MAX = 200;

/**
 * Reads a list page by page, until it ends or that many are there; resolves with `{items, hasMore}`.
 *
 * @param ask takes `{cursor, limit}`, resolves with the reply
 * @param name what the list is called in the reply
 */
export async function readPages(ask, name, max) {
  const items = [];
  let cursor;
  do {
    const page = await ask({ cursor, limit: Math.min(PAGE_MAX, max - items.length) });
    items.push(...page[name]);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < max);
  return { items, hasMore: cursor !== undefined };
}
