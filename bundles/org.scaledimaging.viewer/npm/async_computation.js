// As the package's own, without what encodes segmentations: a page that runs no text as code cannot load that.
import "neuroglancer/unstable/util/polyfills.js";
import "neuroglancer/unstable/datasource/enabled_async_computation_modules.js";
import "neuroglancer/unstable/kvstore/enabled_async_computation_modules.js";
import "neuroglancer/unstable/async_computation/handler.js";
