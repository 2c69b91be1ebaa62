// A visitor with the phone of Lighthouse's preset: its screen, its line, its processor, by its own figures.

import { devices } from "playwright-core";
import { screenEmulationMetrics, throttling, userAgents } from "lighthouse/core/config/constants.js";

const KILOBIT_BYTES = 1024 / 8;

export class Phone {
  static async of(browser) {
    const { width, height, deviceScaleFactor } = screenEmulationMetrics.mobile;
    const phone = new Phone();
    phone.context = await browser.newContext({
      ...devices["Moto G4"],
      userAgent: userAgents.mobile,
      viewport: { width, height },
      deviceScaleFactor,
    });
    phone.page = await phone.context.newPage();
    phone.tools = await phone.context.newCDPSession(phone.page);
    return phone;
  }

  async slowLine() {
    const { requestLatencyMs, downloadThroughputKbps, uploadThroughputKbps } = throttling.mobileSlow4G;
    await this.tools.send("Network.enable");
    await this.tools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: requestLatencyMs,
      downloadThroughput: downloadThroughputKbps * KILOBIT_BYTES,
      uploadThroughput: uploadThroughputKbps * KILOBIT_BYTES,
    });
  }

  slowProcessor() {
    return this.tools.send("Emulation.setCPUThrottlingRate", { rate: throttling.mobileSlow4G.cpuSlowdownMultiplier });
  }

  // Milliseconds from the start of the visit until a message stood there.
  async visit(url) {
    await this.page.goto(url, { waitUntil: "commit" });
    const shown = await this.page.waitForFunction(() => performance.getEntriesByName("first message")[0]?.startTime, undefined, { timeout: 60_000 });
    return shown.jsonValue();
  }

  watchForMessages() {
    return this.page.addInitScript(() => {
      const look = new MutationObserver(() => {
        if (!document.querySelector(".row")) return;
        look.disconnect();
        // When it is painted, not when it is in the tree.
        requestAnimationFrame(() => setTimeout(() => performance.mark("first message")));
      });
      look.observe(document, { childList: true, subtree: true });
    });
  }
}
