"use strict";
/* The page is in a frame of KNIME's; it talks to KNIME by messages to the frame's parent. */
const knime = (() => {
  const WAIT = 60000;
  let last = 0;
  let config;

  const call = (method, ...params) => new Promise((resolve, reject) => {
    const requestId = `scaled-imaging-${++last}`;
    const timer = setTimeout(() => done(reject, new Error(`KNIME gave no answer to ${method}.`)), WAIT);
    function heard(event) {
      if (event.source === window.parent && event.data?.type === "UIExtensionResponse" && event.data.requestId === requestId) {
        done(resolve, event.data.payload);
      }
    }
    function done(settle, value) {
      clearTimeout(timer);
      window.removeEventListener("message", heard);
      settle(value);
    }
    window.addEventListener("message", heard);
    window.parent.postMessage({ type: "UIExtensionRequest", requestId, payload: { method, params } }, "*");
  });
  const parsed = (value) => (typeof value === "string" && value !== "" ? JSON.parse(value) : value);
  const service = async (serviceType, dataServiceRequest) => parsed(await call("callNodeDataService", {
    nodeId: config.nodeId, projectId: config.projectId, workflowId: config.workflowId,
    extensionType: config.extensionType, serviceType, dataServiceRequest,
  }));
  /* What went wrong, whatever shape it comes in. */
  const failure = (answer) => answer?.userError ?? answer?.internalError ?? answer?.error;

  return {
    async start() {
      config = parsed(await call("getConfig"));
      window.parent.postMessage({ type: "UIExtensionReady" }, "*");
      const initial = parsed(config.initialData ?? (await service("initial_data", "")));
      const wrong = failure(initial);
      if (wrong) throw new Error(wrong.message);
      return { initial: parsed(initial.result), config };
    },
    async ask(method, ...params) {
      const outer = await service("data", JSON.stringify({ jsonrpc: "2.0", id: ++last, method, params }));
      const answer = failure(outer) ? outer : parsed(outer.result);
      const wrong = failure(answer);
      if (wrong) throw new Error(wrong.message ?? wrong.data?.message);
      return answer.result;
    },
    report: (html) => call("setReportingContent", html),
    escape: () => window.parent.postMessage({ type: "UIExtensionEscapePressed" }, "*"),
  };
})();
