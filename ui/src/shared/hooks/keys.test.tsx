import { cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextFieldOnEnter } from '../parts/Field.tsx';
import { isComposing, listenForKeys, useKey } from './keys.ts';

function Layer({ onKey, name = 'Escape' }: { onKey: () => boolean | void; name?: string }) {
  useKey(name, onKey);
  return <input aria-label="field" />;
}

let stop: () => void;
beforeEach(() => {
  stop = listenForKeys();
});
afterEach(() => {
  cleanup();
  stop();
});

describe('keys', () => {
  it('belong to the layer that came last', () => {
    const below = vi.fn();
    const above = vi.fn();
    render(<Layer onKey={below} />);
    const top = render(<Layer onKey={above} />);
    fireEvent.keyDown(window, { key: 'Escape' });
    expect([below.mock.calls.length, above.mock.calls.length]).toEqual([0, 1]);
    top.unmount();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(below).toHaveBeenCalledTimes(1);
  });

  it('go on to the layer below when passed on', () => {
    const below = vi.fn();
    render(<Layer onKey={below} />);
    render(<Layer onKey={() => false} />);
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(below).toHaveBeenCalledTimes(1);
  });

  it('that confirm a candidate of an input method are nobody’s shortcut', () => {
    const heard = vi.fn();
    render(<Layer onKey={heard} name="Enter" />);
    fireEvent.keyDown(window, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(window, { key: 'Enter', keyCode: 229 });
    expect(heard).not.toHaveBeenCalled();
    expect(isComposing({ keyCode: 229 })).toBe(true);
  });

  it('that are bare letters do nothing while somebody writes', () => {
    const heard = vi.fn();
    const { getByLabelText } = render(<Layer onKey={heard} name="C" />);
    fireEvent.keyDown(getByLabelText('field'), { key: 'c' });
    expect(heard).not.toHaveBeenCalled();
    fireEvent.keyDown(window, { key: 'c' });
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('Enter in a form', () => {
  it('takes choices side by side for one field', () => {
    const { getByLabelText } = render(
      <form onKeyDown={nextFieldOnEnter}>
        <input type="radio" name="kind" aria-label="one" defaultChecked />
        <input type="radio" name="kind" aria-label="two" />
        <input aria-label="after" />
      </form>,
    );
    getByLabelText('one').focus();
    fireEvent.keyDown(getByLabelText('one'), { key: 'Enter' });
    expect(document.activeElement).toBe(getByLabelText('after'));
  });

  it('goes to the next field, and sends the form from the last one', async () => {
    const send = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
    const { getByLabelText } = render(
      <form onKeyDown={nextFieldOnEnter} onSubmit={send}>
        <input aria-label="first" />
        <input aria-label="second" />
      </form>,
    );
    getByLabelText('first').focus();
    fireEvent.keyDown(getByLabelText('first'), { key: 'Enter' });
    expect(document.activeElement).toBe(getByLabelText('second'));
    fireEvent.keyDown(getByLabelText('second'), { key: 'Enter', isComposing: true });
    expect(send).not.toHaveBeenCalled();
    fireEvent.keyDown(getByLabelText('second'), { key: 'Enter' });
    await waitFor(() => expect(send).toHaveBeenCalledTimes(1));
  });
});
