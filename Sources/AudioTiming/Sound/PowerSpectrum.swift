/// The power spectrum of 256 real samples under a Hann window, by the fast Fourier transform.
struct PowerSpectrum {
  /// The samples that one spectrum is made of: 32 ms.
  static let length = 256
  /// The values of a spectrum, from 0 Hz to half the rate.
  static let bins = length / 2 + 1

  private let window: [Float]
  /// Of each order of bits, the places that change with each other.
  private let swaps: [(Int, Int)]
  private let cosines: [Float]
  private let sines: [Float]
  private var real: [Float]
  private var imaginary: [Float]

  init() {
    let count = Self.length
    window = (0..<count).map {
      Float(0.5 - 0.5 * Mathematics.cosine(2 * Double.pi * Double($0) / Double(count - 1)))
    }
    cosines = (0..<count / 2).map {
      Float(Mathematics.cosine(2 * Double.pi * Double($0) / Double(count)))
    }
    sines = (0..<count / 2).map {
      Float(-Mathematics.sine(2 * Double.pi * Double($0) / Double(count)))
    }
    let bits = count.trailingZeroBitCount
    swaps = (0..<count).compactMap { index in
      var reversed = 0
      for bit in 0..<bits where index & (1 << bit) != 0 { reversed |= 1 << (bits - 1 - bit) }
      return index < reversed ? (index, reversed) : nil
    }
    real = .init(repeating: 0, count: count)
    imaginary = .init(repeating: 0, count: count)
  }

  /// The sum of the squares of the window's values: the power that white noise of power 1 has in each bin.
  var windowPower: Float { window.reduce(0) { $0 + $1 * $1 } }

  /// Writes the spectrum of the samples from `start` into `bins`.
  mutating func transform(_ samples: [Float], from start: Int, into bins: inout [Float]) {
    let count = Self.length
    for index in 0..<count {
      real[index] = samples[start + index] * window[index]
      imaginary[index] = 0
    }
    for (low, high) in swaps { real.swapAt(low, high) }
    var half = 1
    while half < count {
      let stride = count / (2 * half)
      var begin = 0
      while begin < count {
        for offset in 0..<half {
          let (low, high) = (begin + offset, begin + offset + half)
          let (c, s) = (cosines[offset * stride], sines[offset * stride])
          let r = real[high] * c - imaginary[high] * s
          let i = real[high] * s + imaginary[high] * c
          real[high] = real[low] - r
          imaginary[high] = imaginary[low] - i
          real[low] += r
          imaginary[low] += i
        }
        begin += 2 * half
      }
      half *= 2
    }
    for bin in 0..<Self.bins {
      bins[bin] = real[bin] * real[bin] + imaginary[bin] * imaginary[bin]
    }
  }
}
