import { expect, it } from 'vitest';
import { newEntryId } from './entry_id';

it('is a version 7 UUID that carries its time', () => {
  const id = newEntryId(0x0192f0c1a2b3, new Uint8Array(10).fill(0xff));
  expect(id).toBe('0192f0c1-a2b3-7fff-bfff-ffffffffffff');
});

it('differs each time', () => {
  expect(new Set(Array.from({ length: 100 }, () => newEntryId(1))).size).toBe(100);
});
