/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.record.RequestStamps;
import io.caracal.server.record.SlowRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Slow requests as maps for JSON: who asked for what, and where the time went. */
final class SlowList
{
    private static final double NS_PER_MS = 1e6;

    private SlowList()
    {
    }

    /** Returns at most this many requests, the newest first. */
    static List<Object> of(final List<SlowRequest> requests, final int countMax)
    {
        final List<Object> list = new ArrayList<>();
        for (final SlowRequest request : requests.subList(0, Math.min(countMax, requests.size())))
        {
            list.add(of(request));
        }

        return list;
    }

    private static Map<String, Object> of(final SlowRequest request)
    {
        final RequestStamps stamps = request.stamps();
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("time_ms", request.at().toEpochMilli());
        entry.put("operation", request.operation());
        entry.put("path", request.path());
        entry.put("session", "0x" + Long.toHexString(request.sessionId()));
        entry.put("client", request.client());
        entry.put("zxid", "0x" + Long.toHexString(request.zxid()));
        entry.put("result", request.errorCode());
        entry.put("total_ms", ms(stamps.totalNs()));
        entry.put("receive_ms", ms(stamps.receiveNs()));
        entry.put("answer_ms", ms(stamps.answerNs()));
        entry.put("prepare_ms", ms(stamps.prepareNs()));
        entry.put("journal_ms", ms(stamps.journalNs()));
        entry.put("quorum_ms", ms(stamps.quorumNs()));
        entry.put("apply_ms", ms(stamps.applyNs()));
        entry.put("reply_ms", ms(stamps.replyNs()));
        return entry;
    }

    /** Milliseconds; null for a stage that the request did not pass on this server. */
    private static Double ms(final long ns)
    {
        return ns < 0 ? null : ns / NS_PER_MS;
    }
}
