// 资料不全: profiles that lack something, those who spend most first.
import { Review } from './Review.tsx';

export default function Incomplete() {
  return <Review what="incomplete" />;
}
