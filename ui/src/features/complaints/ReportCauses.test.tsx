import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { ReportCauses } from './ReportCauses.tsx';

vi.mock('@/shared/antd/DayField.tsx', () => ({ DayField: () => null }));

describe('the causes of the report', () => {
  it('lead with one key to an improvement that begins with the cause', async () => {
    answerWith({ improvement_list: () => ({ rows: [], people: [], overdue: 0 }) });
    const cause = (name: string, times: number, share: number) => ({ cause: name, times, up_to_here_bp: share });
    await show(<ReportCauses causes={[cause('手写订单看错字', 4, 8000), cause('冷藏不够', 1, 10000)]} />);
    fireEvent.click(screen.getByLabelText('为“手写订单看错字”写一条改进'));
    const field = (label: string | RegExp) => (screen.getByLabelText(label) as HTMLInputElement).value;
    expect([field('什么问题'), field(/^根本原因/)]).toEqual(['手写订单看错字', '手写订单看错字']);
  });
});
