import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { answerWith, show } from '../testing/render.tsx';
import { Dialog } from './Dialog.tsx';

function Desk({ takes }: { takes: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <input aria-label="金额" onKeyDown={(event) => event.key === 'F2' && setOpen(true)} />
      {open && (
        <Dialog title="用次" onClose={() => setOpen(false)}>
          <input aria-label="次数" autoFocus={takes} />
        </Dialog>
      )}
    </>
  );
}

it.each([true, false])('gives the focus back to where it came from, also when a field inside took it at once (%s)', async (takes) => {
  answerWith({});
  await show(<Desk takes={takes} />);
  const amount = screen.getByLabelText('金额');
  amount.focus();
  fireEvent.keyDown(amount, { key: 'F2' });
  expect(document.activeElement).toBe(screen.getByLabelText('次数'));
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(document.activeElement).toBe(amount);
});
