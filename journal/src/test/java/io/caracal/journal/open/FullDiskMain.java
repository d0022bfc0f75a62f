/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a small file system that it finds mounted, and frees it again. Prints every step. */
public final class FullDiskMain
{
    private static final int LENGTH = 50_000;
    private static final int CLOSINGS = 20;

    private FullDiskMain()
    {
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path mount = Path.of(arguments[0]);
        final RealStorage storage = new RealStorage(mount.resolve("data"),
            context -> context.onFailure(FullDiskMain::failed));
        Files.createDirectories(storage.directory());
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        driver.appendDurably(1, LENGTH);

        final Path ballast = mount.resolve("ballast");
        fill(ballast);
        long zxid = 1;
        while (!driver.isExhausted)
        {
            driver.append(++zxid, LENGTH);
            driver.poll();
        }

        System.out.println("exhausted");
        for (int i = 0; i < CLOSINGS; i++)
        {
            driver.append(++zxid, 100);
        }

        driver.awaitDurable(zxid);
        check(storage.epochStore().store(2, 1, 1), "store of epochs");
        driver.await("epochs", () ->
        {
            driver.poll();
            return !driver.epochNews.isEmpty();
        });
        System.out.println("closed sessions and stored epochs");

        check(!storage.snapshotStore().begin(zxid), "a snapshot was begun on a full disk");
        Files.delete(ballast);
        driver.await("room", () ->
        {
            driver.poll();
            return !driver.isExhausted;
        });
        driver.appendDurably(++zxid, LENGTH);
        System.out.println("went on");

        fill(ballast);
        storage.shutDown();
        storage.open();
        driver.start();
        check(driver.replayEnd == zxid, "replay on a full disk ended at " + driver.replayEnd);
        System.out.println("replayed on a full disk");
        Files.delete(ballast);
        driver.appendDurably(++zxid, LENGTH);
        storage.shutDown();
        System.out.println("ok");
    }

    private static void failed(final Throwable failure)
    {
        failure.printStackTrace();
    }

    /** Fills the disk until no more room can be had. */
    static void fill(final Path file) throws IOException
    {
        final byte[] bytes = new byte[4096];
        try (var output = Files.newOutputStream(file))
        {
            while (true)
            {
                output.write(bytes);
            }
        }
        catch (final IOException full)
        {
            check(Files.exists(file), full.getMessage());
        }
    }

    static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new AssertionError(message);
        }
    }
}
