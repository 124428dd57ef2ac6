// The shell freezes Object.prototype. A library that writes `prototype.valueOf = …` then fails, because the
// inherited property cannot be assigned to. Here such an assignment first gets a property of its own.
import type { Plugin } from 'vite';

const assignment = /\b([A-Za-z_$][\w$]*)\.(valueOf|toString|toLocaleString)\s*=(?![=>])/g;

// A loop that gives a stand-in every method of a class meets `constructor` too, which is inherited likewise.
const everyMethod = /\b(\w+)\[(\w+)\]\s*=\s*noop;/g;

export function frozenPrototypes(): Plugin {
  return {
    name: 'shukebu-frozen-prototypes',
    transform(code, id) {
      if (!/node_modules\/(dayjs|echarts|zrender|@rc-component|antd)\//.test(id)) return undefined;
      const patched = code.replace(assignment, 'Object.defineProperty($1,"$2",{configurable:true,writable:true,value:void 0}).$2=').replace(everyMethod, 'Object.defineProperty($1,$2,{configurable:true,enumerable:true,writable:true,value:noop});');
      return patched === code ? undefined : { code: patched, map: null };
    },
  };
}
