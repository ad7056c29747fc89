// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/authority.h"
#include "lifecycle/proof_suggestion.h"
#include "support/statements.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_proof_suggestion {

using namespace Qt::StringLiterals;
using challenge::DnsMethod;
using challenge::Finding;
using challenge::ProofSettings;
using challenge::SolverSettings;
using lifecycle::Authority;
using lifecycle::ProofCandidate;
using lifecycle::ProofSearch;
using support::said;
using Check = Finding::Check;
using Reason = ProofCandidate::Reason;
using Verdict = Finding::Verdict;

namespace {

SolverSettings solver(const QString& name, const QStringList& zones = {}, DnsMethod method = DnsMethod::Rfc2136)
{
    SolverSettings made;
    made.id = u"id of "_s + name;
    made.name = name;
    made.zones = zones;
    made.method = method;
    return made;
}

ProofSearch searchFor(const QStringList& names)
{
    ProofSearch search;
    search.names = *base::parseIdentifiers(names);
    return search;
}

Authority ofKind(const QString& kind)
{
    Authority authority;
    authority.meta.kind = kind;
    return authority;
}

QStringList summaries(const QList<ProofCandidate>& candidates)
{
    QStringList texts;
    for (const ProofCandidate& candidate : candidates)
        texts += candidate.proof.summary();
    return texts;
}

} // namespace

/// Which ways of proving are thought of for names, and which findings keep one from working.
class TestProofSuggestion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheSolverWhoseZonesHaveMostNames();
    void triesWhatWasUsedBeforeAnythingThatIsOnlySetUp();
    void asksForHandsLast();
    void offersTlsAlpnWhereTheAuthorityIsKnownToHaveIt();
    void provesNoWildcardByAServer();
    void provesNoAddressByARecord();
    void triesNothingTwiceAndNothingThatIsKnownToFail();
    void answersWhereTheOperatorSaidElseWhereTheAuthorityLooks();
    void findsTheObstacleThatIsAboutAnswers();
    void countsAsWorkingOnlyWhatIsGoodForEveryName();
};

void TestProofSuggestion::beginsWithTheSolverWhoseZonesHaveMostNames()
{
    const QList<SolverSettings> solvers {solver(u"plain"_s), solver(u"wide"_s, {u"example"_s}),
                                         solver(u"corp"_s, {u"lab.example"_s, u"corp.example"_s})};
    const auto candidates = lifecycle::proofCandidates(
        searchFor({u"www.other.example"_s, u"*.corp.example"_s, u"db.corp.example"_s}), ofKind(u"generic"_s), solvers);
    QCOMPARE(summaries(candidates), QStringList({u"dns-01 by corp"_s, u"dns-01 by wide"_s, u"dns-01 by plain"_s}));
    QCOMPARE(candidates[0].reason, Reason::Rule);
    QCOMPARE(candidates[0].zone, u"corp.example"_s);
    QCOMPARE(candidates[1].zone, u"example"_s);
    QCOMPARE(candidates[2].reason, Reason::Solver);
}

void TestProofSuggestion::triesWhatWasUsedBeforeAnythingThatIsOnlySetUp()
{
    ProofSearch search = searchFor({u"www.corp.example"_s});
    search.usual = ProofSettings::http01Webroot(u"/var/www"_s);
    const auto candidates = lifecycle::proofCandidates(
        search, ofKind(u"generic"_s), {solver(u"plain"_s), solver(u"corp"_s, QStringList(u"corp.example"_s))});
    QCOMPARE(
        summaries(candidates),
        QStringList({u"dns-01 by corp"_s, u"http-01 in /var/www"_s, u"dns-01 by plain"_s, u"http-01 on 0.0.0.0:80"_s}));
    QCOMPARE(candidates[1].reason, Reason::Usual);
    QCOMPARE(candidates[3].reason, Reason::ThisMachine);
}

void TestProofSuggestion::asksForHandsLast()
{
    const auto candidates =
        lifecycle::proofCandidates(searchFor({u"www.corp.example"_s}), ofKind(u"generic"_s),
                                   {solver(u"by hand"_s, {}, DnsMethod::ByHand), solver(u"plain"_s)});
    QCOMPARE(summaries(candidates),
             QStringList({u"dns-01 by plain"_s, u"http-01 on 0.0.0.0:80"_s, u"dns-01 by by hand"_s}));
}

void TestProofSuggestion::offersTlsAlpnWhereTheAuthorityIsKnownToHaveIt()
{
    const ProofSearch search = searchFor({u"www.corp.example"_s});
    QCOMPARE(summaries(lifecycle::proofCandidates(search, ofKind(u"step-ca"_s), {})),
             QStringList({u"http-01 on 0.0.0.0:80"_s, u"tls-alpn-01 on 0.0.0.0:443"_s}));
    for (const QString& without : {u"ejbca"_s, u"sectigo"_s, u"digicert"_s, u"generic"_s})
        QCOMPARE(summaries(lifecycle::proofCandidates(search, ofKind(without), {})),
                 QStringList(u"http-01 on 0.0.0.0:80"_s));
}

void TestProofSuggestion::provesNoWildcardByAServer()
{
    ProofSearch search = searchFor({u"www.corp.example"_s, u"*.corp.example"_s});
    search.usual = ProofSettings::http01Webroot(u"/var/www"_s);
    QCOMPARE(summaries(lifecycle::proofCandidates(search, ofKind(u"step-ca"_s), {solver(u"plain"_s)})),
             QStringList(u"dns-01 by plain"_s));
}

void TestProofSuggestion::provesNoAddressByARecord()
{
    ProofSearch search = searchFor({u"192.0.2.7"_s, u"www.corp.example"_s});
    search.usual = ProofSettings::dns01(solver(u"plain"_s));
    const auto candidates =
        lifecycle::proofCandidates(search, ofKind(u"generic"_s), {solver(u"corp"_s, QStringList(u"corp.example"_s))});
    QCOMPARE(summaries(candidates), QStringList(u"http-01 on 0.0.0.0:80"_s));
}

void TestProofSuggestion::triesNothingTwiceAndNothingThatIsKnownToFail()
{
    const SolverSettings corp = solver(u"corp"_s, QStringList(u"corp.example"_s));
    ProofSearch search = searchFor({u"www.corp.example"_s});
    search.usual = ProofSettings::dns01(corp);
    search.except = {ProofSettings::http01Listening(u"0.0.0.0:80"_s)};
    const auto candidates = lifecycle::proofCandidates(search, ofKind(u"generic"_s), {corp});
    QCOMPARE(summaries(candidates), QStringList(u"dns-01 by corp"_s));
    QCOMPARE(candidates[0].reason, Reason::Rule);
}

void TestProofSuggestion::answersWhereTheOperatorSaidElseWhereTheAuthorityLooks()
{
    ProofSearch search = searchFor({u"www.corp.example"_s});
    QCOMPARE(summaries(lifecycle::proofCandidates(search, ofKind(u"pebble"_s), {})),
             QStringList({u"http-01 on 127.0.0.1:5002"_s, u"tls-alpn-01 on 127.0.0.1:5001"_s}));
    search.httpAddress = u"192.0.2.1:8080"_s;
    search.tlsAddress = u"192.0.2.1:8443"_s;
    QCOMPARE(summaries(lifecycle::proofCandidates(search, ofKind(u"pebble"_s), {})),
             QStringList({u"http-01 on 192.0.2.1:8080"_s, u"tls-alpn-01 on 192.0.2.1:8443"_s}));
}

void TestProofSuggestion::findsTheObstacleThatIsAboutAnswers()
{
    const auto names = *base::parseIdentifiers({u"a.example"_s});
    const auto obstacle =
        lifecycle::obstacleIn(names,
                              {{u"a.example"_s, Check::ResolvesForAuthority, Verdict::Bad, said(u"no address"_s)},
                               {u"a.example"_s, Check::AnswerArrives, Verdict::Bad, said(u"nobody answers"_s)}});
    QVERIFY(obstacle);
    QCOMPARE(obstacle->sentence(), u"nobody answers"_s);
    const auto denied = lifecycle::obstacleIn(names,
                                              {{u"a.example"_s, Check::CanAnswer, Verdict::Good, said(u"fine"_s)},
                                               {u"a.example"_s, Check::Caa, Verdict::Bad, said(u"not this CA"_s)}});
    QVERIFY(denied);
    QCOMPARE(denied->sentence(), u"not this CA"_s);
}

void TestProofSuggestion::countsAsWorkingOnlyWhatIsGoodForEveryName()
{
    const auto names = *base::parseIdentifiers({u"a.example"_s, u"b.example"_s});
    QList<Finding> findings {{u"a.example"_s, Check::CanAnswer, Verdict::Good, said(u"fine"_s)},
                             {u"b.example"_s, Check::ResolvesHere, Verdict::Good, said(u"found"_s)},
                             {u"b.example"_s, Check::AnswerArrives, Verdict::Unknown, said(u"no answer in time"_s)},
                             {QString(), Check::Clock, Verdict::Warning, said(u"a minute off"_s)}};
    const auto unsure = lifecycle::obstacleIn(names, findings);
    QVERIFY(unsure);
    QCOMPARE(unsure->sentence(), u"no answer in time"_s);
    findings[2].verdict = Verdict::Good;
    QVERIFY(!lifecycle::obstacleIn(names, findings));
    findings.removeAt(2);
    QVERIFY(lifecycle::obstacleIn(names, findings));
}

SEALWRIGHT_TEST(TestProofSuggestion)

} // namespace tst_proof_suggestion

#include "tst_proof_suggestion.moc"
