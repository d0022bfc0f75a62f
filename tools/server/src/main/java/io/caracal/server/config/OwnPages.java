/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Set;

/** The paths of the admin server's own pages, one of which {@code admin.commandURL} must not be. */
public final class OwnPages
{
    /** The dashboard. */
    public static final String DASHBOARD = "/";
    /** Program of the dashboard. */
    public static final String SCRIPT = "/dashboard.js";
    /** Looks of the dashboard. */
    public static final String STYLE = "/dashboard.css";
    /** What the dashboard shows at first. */
    public static final String OVERVIEW = "/api/overview";
    /** Its tree browser. */
    public static final String ZNODE = "/api/znode";
    /** Whether the loop turns. */
    public static final String LIVENESS = "/livez";
    /** Whether clients are answered. */
    public static final String READINESS = "/readyz";

    static final Set<String> ALL = Set.of(DASHBOARD, SCRIPT, STYLE, OVERVIEW, ZNODE, LIVENESS, READINESS);

    private OwnPages()
    {
    }
}
