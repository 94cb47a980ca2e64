internal import CMemory

/// The memory of this process.
package enum HostMemory {
  /// Lets threads share what the C library keeps for them: as many heaps as there are processors.
  ///
  /// glibc's own limit is eight times as many (mallopt(3), M_ARENA_MAX), and each keeps what it had to hold at
  /// most: with many requests under way, more than half of what the process took was free. To be called before
  /// threads are made; without glibc it does nothing.
  package static func shareAmongThreads() { cmemory_share_heaps() }
}
