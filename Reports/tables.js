'use strict';
// Tables that sort by a column and show only the rows one types of.

/** What a cell sorts by: a number where it is one, a time as seconds, else its words. */
function sortKey(cell) {
  const text = cell.dataset.v ?? cell.textContent.trim();
  if (text === '' || text === '?') return null;
  if (/^\d+(?::\d\d){1,2}$/.test(text)) return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const number = Number(text.replaceAll(',', ''));
  return Number.isNaN(number) ? text : number;
}

/** Missing values last, numbers before words, words as people order them. */
function compareKeys(one, other, order) {
  if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0);
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return order * (typeof one === 'number' ? one - other : wordOrder.compare(one, other));
}
const wordOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function sortBy(grid, index) {
  const head = grid.tHead.rows[0].cells;
  const isDown = head[index].ariaSort === 'ascending';
  for (const cell of head) cell.ariaSort = 'none';
  head[index].ariaSort = isDown ? 'descending' : 'ascending';
  const body = grid.tBodies[0];
  const keyed = Array.from(body.rows, (row) => ({ row, key: sortKey(row.cells[index]) }));
  keyed.sort((one, other) => compareKeys(one.key, other.key, isDown ? -1 : 1));
  body.append(...keyed.map(({ row }) => row));
}

for (const grid of document.querySelectorAll('table.sortable')) {
  for (const [index, cell] of Array.from(grid.tHead.rows[0].cells).entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...cell.childNodes);
    button.addEventListener('click', () => sortBy(grid, index));
    cell.ariaSort = 'none';
    cell.append(button);
  }
}
