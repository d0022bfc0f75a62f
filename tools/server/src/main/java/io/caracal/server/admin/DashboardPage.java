/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.config.OwnPages;
import io.caracal.server.http.Page;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** Serves the dashboard: three files from the jar, which load nothing else and contain no inline scripts or styles. */
final class DashboardPage implements Page
{
    private record Asset(String name, String type)
    {
    }

    private static final Map<String, Asset> ASSETS = Map.of(OwnPages.DASHBOARD, new Asset("dashboard.html",
        "text/html; charset=utf-8"), OwnPages.SCRIPT, new Asset("dashboard.js", "text/javascript; charset=utf-8"),
        OwnPages.STYLE, new Asset("dashboard.css", "text/css; charset=utf-8"));
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src " +
        "'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    @Override
    public Reply answer(final Request request) throws IOException
    {
        if (!"GET".equals(request.method()) && !"HEAD".equals(request.method()))
        {
            return Reply.text(METHOD_NOT_ALLOWED, "GET or HEAD\n").header("Allow", "GET, HEAD");
        }

        final Asset asset = ASSETS.get(request.path());
        return asset == null ? Reply.text(NOT_FOUND, "there is nothing under this path\n") : Reply.of(OK, asset.type(),
            read(asset.name())).header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer");
    }

    private static byte[] read(final String name) throws IOException
    {
        try (InputStream in = DashboardPage.class.getResourceAsStream(name))
        {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
