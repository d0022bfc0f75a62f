/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.record.HotPaths;
import io.caracal.server.record.PathSampling;
import java.util.LinkedHashMap;
import java.util.Map;

/** The most requested paths, as maps for JSON. */
final class HotPathList
{
    private HotPathList()
    {
    }

    static Map<String, Object> of(final HotPaths paths)
    {
        final PathSampling how = paths.how();
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("enabled", how.isOn());
        answer.put("sample_rate", how.share());
        answer.put("window_s", how.windowS());
        put(answer, "reads", paths.top(false, how.depthMax()));
        put(answer, "writes", paths.top(true, how.depthMax()));

        return answer;
    }

    private static void put(final Map<String, Object> answer, final String kind, final HotPaths.Ranking ranking)
    {
        final Map<String, Object> counts = new LinkedHashMap<>();
        ranking.paths().forEach(hot -> counts.put(hot.path(), hot.count()));
        answer.put("sampled_" + kind, ranking.sampled());
        answer.put("top_" + kind, counts);
    }
}
