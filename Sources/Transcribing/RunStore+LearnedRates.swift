public import RequestPlanning
public import RunStore

extension RunStore {
  /// The rates that the user's own runs have taught about a service; none when nothing was learnt.
  ///
  /// - Parameter service: The service's host name; `nil` for a recording.
  public func rates(of service: String?) throws(RunStoreError) -> LearnedRates {
    guard let service else { return LearnedRates() }
    return try learnedRates(of: service).map(LearnedRates.init(json:)) ?? LearnedRates()
  }

  /// Adds what finished requests teach about a service.
  ///
  /// - Parameters:
  ///   - service: The service's host name; from a recording nothing is learnt.
  ///   - isEmulated: Whether something on this machine plays the service: that teaches how long it takes, and
  ///     nothing about tokens and money.
  public func learn(
    _ observations: [RunObservation],
    of service: String?,
    isEmulated: Bool,
    catalog: ModelCatalog
  ) throws(RunStoreError) {
    guard let service, !observations.isEmpty else { return }
    try updateLearnedRates(of: service) { known in
      var rates = known.map(LearnedRates.init(json:)) ?? LearnedRates()
      for observation in observations {
        if isEmulated {
          rates.learnPace(of: observation, catalog: catalog)
        } else {
          rates.learn(observation, catalog: catalog)
        }
      }
      return rates.json
    }
  }
}
