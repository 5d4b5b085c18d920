package org.moxmail.store.kv;

final class MemoryStoreTest extends KvContract {
    @Override
    KvEngine engine() {
        return KvEngine.memory(timing);
    }
}
