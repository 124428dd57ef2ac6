import benefits from './benefits.json';
import charts from './charts.json';
import common from './common.json';
import complaints from './complaints.json';
import counter from './counter.json';
import customers from './customers.json';
import exports from './exports.json';
import frame from './frame.json';
import imports from './imports.json';
import ladder from './ladder.json';
import points from './points.json';
import print from './print.json';
import products from './products.json';
import people from './people.json';
import segmentation from './segmentation.json';
import settings from './settings.json';
import start from './start.json';

export default { benefits, charts, common, complaints, counter, customers, exports, frame, imports, ladder, points, print, products, people, segmentation, settings, start };
