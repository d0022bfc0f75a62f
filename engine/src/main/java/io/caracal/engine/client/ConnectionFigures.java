/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** Statistics of one connection for operators: packets, last operation, latencies. All times are in milliseconds. */
final class ConnectionFigures
{
    private static final long NONE = -1;

    long received;
    long sent;
    long establishedMs;
    int lastOpCode;
    long lastCxid = NONE;
    long lastZxid = NONE;
    long lastResponseMs;
    long lastLatencyMs;
    long minLatencyMs;
    long maxLatencyMs;
    long sumLatencyMs;
    long countLatency;

    void onReply(final int opCode, final long cxid, final long zxid, final long latencyMs, final long responseMs)
    {
        lastOpCode = opCode;
        if (cxid >= 0)
        {
            lastCxid = cxid;
        }
        lastZxid = zxid;
        lastResponseMs = responseMs;
        lastLatencyMs = latencyMs;
        minLatencyMs = countLatency == 0 ? latencyMs : Math.min(minLatencyMs, latencyMs);
        maxLatencyMs = Math.max(maxLatencyMs, latencyMs);
        sumLatencyMs += latencyMs;
        countLatency++;
    }

    void reset()
    {
        received = 0;
        sent = 0;
        lastOpCode = 0;
        lastCxid = NONE;
        lastZxid = NONE;
        lastResponseMs = 0;
        lastLatencyMs = 0;
        minLatencyMs = 0;
        maxLatencyMs = 0;
        sumLatencyMs = 0;
        countLatency = 0;
    }
}
