import Foundation
import RequestPlanning
import Testing

@Suite struct DollarsTests {
  @Test(arguments: [
    ("0", "0"), ("0.01", "0.010"), ("0.01234", "0.012"), ("0.0999", "0.100"), ("0.1449", "0.14"),
    ("0.145", "0.15"), ("12.345", "12.35"), ("1", "1.00"), ("1234.5", "1234.50"),
    ("0.00000042", "0.00000042"), ("0.999", "1.00"),
    ("-0.0123", "-0.012"),
  ])
  func dollarsShowAsManyDigitsAsMatter(_ amount: String, _ text: String) throws {
    #expect(try #require(Decimal(string: amount)).dollars == text)
  }
}
