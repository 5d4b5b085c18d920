package org.moxmail.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for the operating system's signals. The JDK's only way to learn which signal came is an unsupported class, which
 * is reached by reflection since the compiler warns about it and can't be told not to.
 */
final class Signals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private int number;

    private Signals() {}

    /**
     * Catches signals from now on: the first one of them is for {@link #await}, the second one ends the process at once.
     *
     * @param names such as {@code TERM}
     */
    static Signals catching(String... names) {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, signals.handling());
            for (String name : names) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, instance, proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
        return signals;
    }

    private InvocationHandler handling() {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                raised((int) arguments[0].getClass().getMethod("getNumber").invoke(arguments[0]));
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            // What is compared are proxies of this class' own, of which there is one.
            case "equals" -> Proxy.isProxyClass(arguments[0].getClass());
            default -> "Signals";
        };
    }

    private void raised(int signal) {
        lock.lock();
        try {
            if (number != 0) {
                Runtime.getRuntime().halt(signal);
            }
            number = signal;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the first signal that comes, or came. */
    int await() throws InterruptedException {
        lock.lock();
        try {
            while (number == 0) {
                came.await();
            }
            return number;
        } finally {
            lock.unlock();
        }
    }
}
