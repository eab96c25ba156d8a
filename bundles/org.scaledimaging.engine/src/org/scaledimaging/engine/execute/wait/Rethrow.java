package org.scaledimaging.engine.execute.wait;

/** Throws what another thread has failed with. */
public final class Rethrow {
    private Rethrow() {}

    /**
     * Throws a failure again, if it is unchecked or of one type that is not.
     *
     * @param failure null for none
     */
    public static <E extends Exception> void of(Throwable failure, Class<E> checked) throws E {
        if (checked.isInstance(failure)) {
            throw checked.cast(failure);
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }
}
