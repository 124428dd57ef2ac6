import common from './common.json';
import counter from './counter.json';
import frame from './frame.json';
import settings from './settings.json';
import start from './start.json';

export default { common, counter, frame, settings, start };
