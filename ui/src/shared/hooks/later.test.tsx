import { act, render, screen } from '@testing-library/react';
import { Component, useEffect, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { later } from './later.tsx';

const Guest = ({ name }: { name: string }) => <p>{name} is here</p>;

it('stands in until the part has come, and hands it its properties', async () => {
  let arrive: (part: { default: typeof Guest }) => void = () => undefined;
  const Part = later<{ name: string }>(() => new Promise((come) => (arrive = come)));
  render(<Part name="Lin" meanwhile={<p>soon</p>} />);
  expect(screen.getByText('soon')).toBeDefined();
  await act(async () => arrive({ default: Guest }));
  expect(screen.getByText('Lin is here')).toBeDefined();
  expect(screen.queryByText('soon')).toBeNull();
});

it('is there at once when it was fetched ahead', async () => {
  const load = vi.fn(async () => ({ default: Guest }));
  const Part = later<{ name: string }>(load);
  await Part.ahead();
  render(<Part name="Lin" meanwhile={<p>soon</p>} />);
  expect(screen.getByText('Lin is here')).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
});

it('is not begun anew by what happens around it', async () => {
  const begun = vi.fn();
  const Counted = () => {
    useEffect(() => begun(), []);
    return <p>counted</p>;
  };
  const Part = later(async () => ({ default: Counted }));
  const { rerender } = render(<Part />);
  await screen.findByText('counted');
  rerender(<Part meanwhile={<p>soon</p>} />);
  expect(begun).toHaveBeenCalledTimes(1);
});

const Silent = () => null;

class Net extends Component<{ children: ReactNode }, { told?: string }> {
  override state: { told?: string } = {};
  static getDerivedStateFromError = (error: Error) => ({ told: error.message });
  override render = () => this.state.told ?? this.props.children;
}

it('fails where it is shown', async () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const Part = later(async (): Promise<{ default: typeof Silent }> => Promise.reject(new Error('the file is gone')));
  render(
    <Net>
      <Part />
    </Net>,
  );
  expect(await screen.findByText('the file is gone')).toBeDefined();
  quiet.mockRestore();
});
