import { fireEvent } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepBrowserOut } from './no-browser.ts';

/** Whether the browser would still do what it does with it. */
const goesOn = (event: 'keyDown' | 'contextMenu', target: Element, with_: object = {}) => fireEvent[event](target, with_);

describe('habits of a browser', () => {
  beforeAll(keepBrowserOut);

  it('that reload, search, print, zoom or open tools stay out', () => {
    for (const key of ['F5', 'F12', 'F3', 'F7']) expect(goesOn('keyDown', document.body, { key }), key).toBe(false);
    for (const key of ['r', 'p', 's', 'f', 'u', 't', '=', '-', '0']) expect(goesOn('keyDown', document.body, { key, ctrlKey: true }), key).toBe(false);
    for (const key of ['I', 'J', 'C']) expect(goesOn('keyDown', document.body, { key, ctrlKey: true, shiftKey: true }), key).toBe(false);
    expect(goesOn('keyDown', document.body, { key: 'ArrowLeft', altKey: true })).toBe(false);
  });

  it('that go back with Backspace or open a menu stay out, except where somebody writes', () => {
    const field = document.body.appendChild(document.createElement('input'));
    expect(goesOn('keyDown', document.body, { key: 'Backspace' })).toBe(false);
    expect(goesOn('contextMenu', document.body)).toBe(false);
    expect(goesOn('keyDown', field, { key: 'Backspace' })).toBe(true);
    expect(goesOn('contextMenu', field)).toBe(true);
  });

  it('leave the program’s own keys alone', () => {
    for (const key of ['F2', 'F9', 'Escape', 'Enter', 'a']) expect(goesOn('keyDown', document.body, { key }), key).toBe(true);
  });
});
