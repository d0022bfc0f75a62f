/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree over HTTP: who sees which znodes, and who may change them. */
class AdminTreeTest
{
    private static final int READ = 1;

    @TempDir
    private Path dir;
    private AdminTarget target;

    @BeforeEach
    void launch() throws Exception
    {
        target = new AdminTarget(dir);
    }

    @AfterEach
    void close() throws Exception
    {
        target.close();
    }

    @Test
    void shouldShowZnodesOnlyToThoseWhoMayReadThem() throws Exception
    {
        target.client().addAuthInfo("digest", "u:p".getBytes(StandardCharsets.UTF_8));
        final ACL own = new ACL(READ, new Id("digest", "u:" + AdminTarget.digest("u:p")));
        target.client().create("/secret", "<b>".getBytes(StandardCharsets.UTF_8), Collections.singletonList(own),
            CreateMode.PERSISTENT);
        assertEquals(403, target.get("/api/znode?path=/secret").statusCode());
        assertEquals(401, target.get("/api/znode?path=/secret", "Authorization", "nonsense x").statusCode());
        final HttpResponse<String> seen = target.get("/api/znode?path=/secret", "Authorization", "digest u:p");
        assertEquals(200, seen.statusCode());
        assertTrue(seen.body().contains("\"data\" : \"PGI+\""), seen.body());
        assertTrue(seen.body().contains("\"permissions\" : \"r\""));
        assertTrue(target.get("/api/znode?path=/").body().contains("\"name\" : \"secret\",\n    \"readable\" : false"));
        assertEquals(404, target.get("/api/znode?path=/nope").statusCode());
        assertEquals(400, target.get("/api/znode?path=nope").statusCode());
    }

    @Test
    void shouldShowChildrenPageByPage() throws Exception
    {
        target.client().create("/many", new byte[0], AdminTarget.open(), CreateMode.PERSISTENT);
        for (int i = 0; i <= ZnodePage.PAGE_LENGTH; i++)
        {
            target.client().create("/many/c" + i, new byte[0], AdminTarget.open(), CreateMode.PERSISTENT);
        }

        final String first = target.get("/api/znode?path=/many").body();
        assertTrue(first.contains("\"name\" : \"c199\"") && first.contains("\"more\" : true"));
        assertFalse(first.contains("\"name\" : \"c200\""));
        final String second = target.get("/api/znode?path=/many&after=c199").body();
        assertTrue(second.contains("\"name\" : \"c200\"") && second.contains("\"more\" : false"));
        target.client().delete("/many/c199", -1);
        assertEquals(410, target.get("/api/znode?path=/many&after=c199").statusCode());
    }

    /** Two hundred of the longest names that clients can choose would take the memory of the whole server. */
    @Test
    void shouldEndAPageEarlyWhenNamesAreLong() throws Exception
    {
        final String stem = "n".repeat(10_000);
        final int pageLength = ZnodeReader.NAMES_MAX / (stem.length() + 3) + 1;
        target.client().create("/wide", new byte[0], AdminTarget.open(), CreateMode.PERSISTENT);
        for (int i = 100; i < 100 + pageLength + 2; i++)
        {
            target.client().create("/wide/" + stem + i, new byte[0], AdminTarget.open(), CreateMode.PERSISTENT);
        }

        final String first = target.get("/api/znode?path=/wide").body();
        final String last = stem + (100 + pageLength - 1);
        assertEquals(pageLength, first.split("\"name\" : ", -1).length - 1);
        assertTrue(first.contains(last) && first.contains("\"more\" : true"));
        final String second = target.get("/api/znode?path=/wide&after=" + last).body();
        assertEquals(2, second.split("\"name\" : ", -1).length - 1);
        assertTrue(second.contains("\"more\" : false"));
    }

    @Test
    void shouldLetTheSuperUserChangeTheTreeAndNobodyElse() throws Exception
    {
        final String root = "super:secret";
        for (final String method : List.of("POST", "PUT", "DELETE"))
        {
            assertEquals(401, target.change(method, "path=/d&version=-1", "x", null).statusCode());
            assertEquals(403, target.change(method, "path=/d&version=-1", "x", "super:wrong").statusCode());
            assertEquals(403, target.change(method, "path=/d&version=-1", "x", "u:p").statusCode());
        }
        assertEquals(null, target.client().exists("/d", false));

        assertEquals(201, target.change("POST", "path=/d", "one \u00e4", root).statusCode());
        assertEquals("one \u00e4", target.data("/d"));
        assertEquals(AdminTarget.open(), target.client().getACL("/d", null));
        assertEquals(409, target.change("POST", "path=/d", "", root).statusCode());
        assertEquals(404, target.change("POST", "path=/no/where", "", root).statusCode());
        assertEquals(404, target.change("POST", "path=/no/where&acl=parent", "", root).statusCode());
        assertEquals(400, target.change("POST", "path=/d/..", "", root).statusCode());

        assertEquals(200, target.change("PUT", "path=/d&version=0", "two", root).statusCode());
        final HttpResponse<String> late = target.change("PUT", "path=/d&version=0", "three", root);
        assertEquals(409, late.statusCode());
        assertTrue(late.body().contains("changed by somebody else"), late.body());
        assertEquals(400, target.change("PUT", "path=/d", "three", root).statusCode());
        assertEquals(400, target.change("PUT", "path=/d&version=x", "three", root).statusCode());
        assertEquals("two", target.data("/d"));

        target.client().create("/d/child", null, AdminTarget.open(), CreateMode.PERSISTENT);
        assertEquals(409, target.change("DELETE", "path=/d&version=1", "", root).statusCode());
        target.client().delete("/d/child", -1);
        assertEquals(409, target.change("DELETE", "path=/d&version=0", "", root).statusCode());
        assertEquals(200, target.change("DELETE", "path=/d&version=1", "", root).statusCode());
        assertEquals(null, target.client().exists("/d", false));
        assertEquals(404, target.change("DELETE", "path=/d&version=1", "", root).statusCode());
        assertEquals(405, target.change("OPTIONS", "path=/d", "", root).statusCode());
    }

    @Test
    void shouldGiveANewZnodeTheAclOfItsParentWhenAsked() throws Exception
    {
        final List<ACL> readers = Collections.singletonList(new ACL(READ, new Id("world", "anyone")));
        target.client().create("/readers", null, readers, CreateMode.PERSISTENT);
        assertEquals(201, target.change("POST", "path=/readers/new&acl=parent", "", "super:secret").statusCode());
        assertEquals(readers, target.client().getACL("/readers/new", null));
    }

    @Test
    void shouldMakeAllChangesInOneSessionAndLeaveNoneBehind() throws Exception
    {
        for (final String path : List.of("/d", "/d/a", "/d/b"))
        {
            assertEquals(201, target.change("POST", "path=" + path, "", "super:secret").statusCode());
        }
        assertTrue(target.get("/commands/mntr").body().contains("\"global_sessions\" : 2,"));

        target.close();
        target = new AdminTarget(dir);
        assertTrue(target.get("/commands/mntr").body().contains("\"global_sessions\" : 1,"));
    }
}
