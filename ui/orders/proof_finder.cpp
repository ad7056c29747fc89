// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_finder.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/error_text.h"
#include "ui/common/widgets.h"
#include "ui/orders/proof_words.h"

#include <QHBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr auto pause = std::chrono::milliseconds(800);

} // namespace

ProofFinder::ProofFinder(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_text(makeLabel(QString(), u"faint"_s, true))
    , m_cancel(makeButton(tr("Stop loo&king"), u"proofFinderStop"_s, u"stop"_s))
{
    m_text->setObjectName(u"proofFinderText"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_cancel, 0, Qt::AlignTop);
    m_pause.setParent(this);
    m_pause.setObjectName(u"proofFinderPause"_s);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ProofFinder::send);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        abandon();
        tell(tr("Stopped looking for a way that works; choose one."));
    });
    tell(QString());
}

ProofFinder::~ProofFinder()
{
    m_stop.request_stop();
}

void ProofFinder::ask(const lifecycle::ProofSearch& search)
{
    if (search == m_search)
        return;
    abandon();
    m_search = search;
    tell(QString());
    if (!search.names.isEmpty() && !search.authorityId.isEmpty())
        m_pause.start();
}

void ProofFinder::interrupt()
{
    if (!m_pause.isActive() && m_cancel->isHidden())
        return;
    abandon();
    tell(QString());
}

void ProofFinder::stop()
{
    abandon();
    m_search = {};
    tell(QString());
}

void ProofFinder::abandon()
{
    ++m_generation;
    m_pause.stop();
    m_stop.request_stop();
    m_cancel->hide();
}

void ProofFinder::send()
{
    tell(tr("Looking for a way that proves these names…"));
    m_cancel->show();
    m_stop = std::stop_source();
    const int generation = m_generation;
    m_workspace.manager.suggestProof(
        m_search, this,
        [this, generation](base::Result<lifecycle::ProofSuggestion> suggestion) {
            if (generation == m_generation)
                answered(std::move(suggestion));
        },
        m_stop.get_token());
}

void ProofFinder::answered(base::Result<lifecycle::ProofSuggestion> suggestion)
{
    m_cancel->hide();
    if (!suggestion)
        return tell(explain(suggestion.error()).sentence());
    tell(suggestionText(*suggestion));
    if (suggestion->found)
        Q_EMIT found(suggestion->found->proof);
}

void ProofFinder::tell(const QString& text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_text->setAccessibleName(tr("Way of proving: %1").arg(text));
    setVisible(!text.isEmpty());
}

QString ProofFinder::text() const
{
    return m_text->text();
}

} // namespace ui
