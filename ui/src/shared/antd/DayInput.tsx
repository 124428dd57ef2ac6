// A day of the calendar, chosen or typed. Loaded when a form that has one is opened.
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { AntdRoot } from './AntdRoot.tsx';
import styles from './DayInput.module.css';

interface Props {
  id?: string;
  /** YYYY-MM-DD, or empty. */
  value: string;
  onChange: (day: string) => void;
  /** Days before this one cannot be chosen. */
  from?: string;
  /** Nor days after this one. */
  to?: string;
  invalid?: boolean;
}

export default function DayInput({ id, value, onChange, from, to, invalid = false }: Props) {
  return (
    <AntdRoot>
      <DatePicker
        id={id}
        className={styles.day}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : '')}
        format={['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
        disabledDate={from || to ? (day) => (from !== undefined && day.format('YYYY-MM-DD') < from) || (to !== undefined && day.format('YYYY-MM-DD') > to) : undefined}
        status={invalid ? 'error' : undefined}
        defaultPickerValue={from ? dayjs(from) : undefined}
        // The picker's own "now" is this computer's, the shop's day is the backend's.
        showNow={false}
        allowClear
      />
    </AntdRoot>
  );
}
