// 保留复核: people who have not been here for long and whose data may no longer be needed.
import { Review } from './Review.tsx';

export default function Retention() {
  return <Review what="retention" />;
}
