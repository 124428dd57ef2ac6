import { fireEvent, screen } from '@testing-library/react';
import { useRef } from 'react';
import { describe, expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { useRowKeys } from './row-keys.ts';

function List() {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <>
      <input aria-label="找" />
      <ul ref={list}>
        {['甲', '乙'].map((name) => (
          <li key={name}>
            <button type="button">{name}</button>
          </li>
        ))}
      </ul>
    </>
  );
}

describe('a list of rows', () => {
  it('is walked by the arrow keys, from the field above it and to its ends', async () => {
    await show(<List />);
    const field = screen.getByLabelText('找');
    field.focus();
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press('ArrowUp');
    expect(document.activeElement).toBe(field);
    for (const [key, at] of [['ArrowDown', '甲'], ['ArrowDown', '乙'], ['ArrowDown', '乙'], ['ArrowUp', '甲'], ['ArrowUp', '甲']] as const) {
      press(key);
      expect(document.activeElement?.textContent).toBe(at);
    }
  });

  it('leaves the arrows of an input method alone', async () => {
    await show(<List />);
    const field = screen.getByLabelText('找');
    field.focus();
    fireEvent.keyDown(field, { key: 'ArrowDown', keyCode: 229 });
    expect(document.activeElement).toBe(field);
  });
});
