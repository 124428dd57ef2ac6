import common from './common.json';
import frame from './frame.json';
import settings from './settings.json';

export default { common, frame, settings };
