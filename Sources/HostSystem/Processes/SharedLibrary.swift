#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A library that is loaded while the program runs, for good.
package struct SharedLibrary {
  private let handle: UnsafeMutableRawPointer

  /// Loads a library by its name, as the system finds it; `nil` when it is not there.
  package init?(_ name: String) {
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { return nil }
    self.handle = handle
  }

  /// A function of it or of what it stands on; `nil` when there is none of that name.
  ///
  /// - Parameter type: What its header says of it, a pointer to a C function.
  package func function<Function>(_ name: String, as type: Function.Type) -> Function? {
    precondition(MemoryLayout<Function>.size == MemoryLayout<UnsafeMutableRawPointer>.size)
    return dlsym(handle, name).map { unsafeBitCast($0, to: type) }
  }
}
