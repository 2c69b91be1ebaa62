// Exports the Worker's log lines by OTLP over HTTP with JSON, as the edge does by itself and the runtime here does not.
//
// The variables are OpenTelemetry's own: OTEL_EXPORTER_OTLP_ENDPOINT (lines go to /v1/logs there), OTEL_EXPORTER_OTLP_HEADERS,
// OTEL_SERVICE_NAME. A receiver that is away costs lines there, never one on stderr: what cannot be sent is dropped when the queue is full.

// https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
const SEVERITY = { trace: 1, debug: 5, info: 9, warn: 13, error: 17 };

// Something that takes lines and can be ended; it does neither where no endpoint is set.
export async function openExport(environment) {
  if (!environment.OTEL_EXPORTER_OTLP_ENDPOINT) return { line() {}, async end() {} };
  // Loaded only where they are wanted: they take a tenth of a second.
  const [{ LoggerProvider, BatchLogRecordProcessor }, { OTLPLogExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-logs"),
    import("@opentelemetry/exporter-logs-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ "service.name": environment.OTEL_SERVICE_NAME ?? "edgewise" }),
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(), scheduledDelayMillis: 1_000 })],
  });
  const logger = provider.getLogger("edgewise");
  return {
    line: (text) => logger.emit(record(text)),
    end: () => provider.shutdown(),
  };
}

// A line of ours is one JSON object; what else the runtime says is passed on as it is.
export function record(text) {
  const fields = parsed(text);
  if (fields === undefined) return { body: text, severityNumber: SEVERITY.info, severityText: "info" };
  const { ts, level, message, ...attributes } = fields;
  return { timestamp: new Date(ts), severityNumber: SEVERITY[level], severityText: level, body: message, attributes };
}

function parsed(text) {
  try {
    const fields = JSON.parse(text);
    return typeof fields?.ts === "number" && fields.level in SEVERITY ? fields : undefined;
  } catch {
    return undefined;
  }
}
