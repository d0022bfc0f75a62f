/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.quota.QuotaWalk.Step;
import io.caracal.engine.tree.TestTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuotaWalkTest
{
    private static final String QUOTA = "/zookeeper/quota";

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    private TestTree tree;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    private void quota(final String path, final String limits, final String usage)
    {
        tree.create(QUOTA + path, null);
        tree.create(QUOTA + path + "/zookeeper_limits", limits);
        tree.create(QUOTA + path + "/zookeeper_stats", usage);
    }

    private static List<String> rest(final QuotaWalk walk)
    {
        final List<String> told = new ArrayList<>();
        for (Step step = walk.step(); step != Step.END; step = walk.step())
        {
            if (step != Step.NOTHING)
            {
                told.add(text(walk, step));
            }
        }

        return told;
    }

    private static String text(final QuotaWalk walk, final Step step)
    {
        final ExpandableArrayBuffer name = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[walk.copyNamespace(name, 0)];
        name.getBytes(0, bytes);

        return new String(bytes, StandardCharsets.UTF_8) + " " + step + " " + walk.count() + " " + walk.bytes();
    }

    /** Steps until the walk has delivered this many records. Its next step examines the znode after them. */
    private static void tell(final QuotaWalk walk, final int records)
    {
        int left = records;
        while (left > 0)
        {
            left -= walk.step() == Step.NOTHING ? 0 : 1;
        }
    }

    private void delete(final QuotaWalk walk, final String path)
    {
        walk.onDeleting(tree.find(path));
        tree.delete(path);
    }

    @Test
    void shouldTellTheLimitsThatHold()
    {
        quota("/a", "count=1,bytes=2", "count=3,bytes=4");
        quota("/a/b", "count=5,bytes=6=;byteHardLimit=0;countHardLimit=7", "count=8,bytes=9");
        quota("/c", "", null);

        assertEquals(List.of("a LIMITS 1 2", "a USAGE 3 4", "a LIMITS 7 0", "a USAGE 8 9", "c LIMITS -1 -1"),
            rest(new QuotaWalk(tree.tree())));
    }

    @Test
    void shouldPassOverWhatOnlyHasTheName()
    {
        tree.create(QUOTA + "/a", "count=1,bytes=2");
        tree.create(QUOTA + "/a/limits", "count=1,bytes=2");
        tree.create(QUOTA + "/a/zookeeper_stats", "count=1,bytes=2");
        tree.create(QUOTA + "/a/zookeeper_stats/below", "count=1,bytes=2");

        assertEquals(List.of(), rest(new QuotaWalk(tree.tree())));
    }

    @Test
    void shouldStepOffZnodesThatGo()
    {
        quota("/a", "count=1,bytes=1", "count=1,bytes=1");
        quota("/b", "count=2,bytes=2", "count=2,bytes=2");
        final QuotaWalk walk = new QuotaWalk(tree.tree());
        tell(walk, 1);
        delete(walk, QUOTA + "/a/zookeeper_stats");
        delete(walk, QUOTA + "/a/zookeeper_limits");
        delete(walk, QUOTA + "/a");

        assertEquals(List.of("b LIMITS 2 2", "b USAGE 2 2"), rest(walk));
    }

    @Test
    void shouldEndWhenTheLastZnodeGoes()
    {
        quota("/a", "count=1,bytes=1", "count=1,bytes=1");
        final QuotaWalk walk = new QuotaWalk(tree.tree());
        tell(walk, 1);
        delete(walk, QUOTA + "/a/zookeeper_stats");

        assertEquals(List.of(), rest(walk));
    }

    @Test
    void shouldEndWhenTheTreeIsReplaced()
    {
        quota("/a", "count=1,bytes=1", "count=1,bytes=1");
        final QuotaWalk walk = new QuotaWalk(tree.tree());
        walk.onReplacing();

        assertEquals(Step.END, walk.step());
    }
}
